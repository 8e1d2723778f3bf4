import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressSchema, orderSchema, signupSchema } from '../../src/mended/schemas.mjs';
import { readBoundedPage } from '../../src/tickets/page.mjs';
import { flag, integer, optionalInteger, text } from '../../src/tickets/scalars.mjs';

test('integers are read from numbers and from strings', () => {
  for (const value of [42, '42', ' 42 ', 42.0, '42.0']) assert.equal(integer(1).parse(value), 42);
});

for (const value of [42.5, '42.5', '', null, 'NaN', '1e400', 3e9, '3000000000', {}, true]) {
  test(`${JSON.stringify(value)} is no integer`, () => assert.ok(!integer(1).safeParse(value).success));
}

test('an empty optional number is absent', () => assert.equal(optionalInteger(1).parse(''), undefined));

test('flags are read from strings, and "false" is false', () => {
  assert.equal(flag(true).parse('false'), false);
  assert.equal(flag(false).parse('True'), true);
  assert.ok(!flag(false).safeParse('yes').success);
});

test('text that PostgreSQL cannot hold is refused', () => {
  assert.ok(!text(10).safeParse('a\0').success);
  assert.ok(!text(10).safeParse('\ud800').success);
});

test('the schemas take what forms send', () => {
  assert.equal(signupSchema.parse({ email: ' ada@example.com ', password: 'correct horse', name: 'Ada', age: '36' }).age, 36);
  assert.equal(orderSchema.parse({ items: [{ sku: 'TEA', quantity: '2' }], giftWrap: 'true' }).items[0].quantity, 2);
  assert.equal(addressSchema.parse({ street: 'Main Street 1', city: 'Ghent', floor: '' }).floor, undefined);
});

for (const query of [{ page: '-1' }, { page: 'abc' }, { page: '1.5' }, { page: '1e308' }, { limit: '0' }, { limit: '101' }, { page: ['1', '2'] }]) {
  test(`the page ${JSON.stringify(query)} is refused`, () => assert.throws(() => readBoundedPage(query), { status: 400 }));
}
