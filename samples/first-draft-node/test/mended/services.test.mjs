import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError } from '../../src/httpError.mjs';
import { DatabaseUnavailable } from '../../src/mended/db.mjs';
import { answerTo } from '../../src/mended/errors.mjs';
import { describe } from '../../src/mended/logger.mjs';
import { createAccounts } from '../../src/mended/services/accounts.mjs';
import { linesFor, mergeItems } from '../../src/mended/services/orders.mjs';
import { successorOf } from '../../src/mended/services/refreshTokens.mjs';
import { auth, config, fakeDb } from '../fakes.mjs';

const tea = { id: 'p1', sku: 'TEA', name: 'Tea', price_cents: 450, stock: 10, max_per_order: 4 };

test('a taken email is known by the row that was not inserted', async () => {
  const accounts = createAccounts({ db: fakeDb(), auth, config });
  await assert.rejects(accounts.signup({ email: 'ada@example.com', password: 'correct horse', name: 'Ada', age: 36 }), { status: 409 });
});

test('the same product in two lines is one line', () => {
  assert.deepEqual([...mergeItems([{ sku: 'TEA', quantity: 1 }, { sku: 'TEA', quantity: 2 }])], [['TEA', 3]]);
});

test('lines take the price of the catalogue', () => {
  assert.equal(linesFor(new Map([['TEA', 2]]), [tea])[0].unitPriceCents, 450);
});

for (const [sku, quantity, stock, status] of [['CUP', 1, 10, 400], ['TEA', 5, 10, 400], ['TEA', 3, 2, 409]]) {
  test(`${quantity} of ${sku} at a stock of ${stock} is refused with ${status}`, () => {
    assert.throws(() => linesFor(new Map([[sku, quantity]]), [{ ...tea, stock }]), { status });
  });
}

test('everyone with the same token gets the same successor', () => {
  assert.equal(successorOf('a', 'secret'), successorOf('a', 'secret'));
  assert.notEqual(successorOf('a', 'secret'), successorOf('b', 'secret'));
});

test('clients are told no more than they need', () => {
  assert.deepEqual(answerTo(new HttpError(409, 'Taken')), { status: 409, message: 'Taken' });
  assert.equal(answerTo(new DatabaseUnavailable(new Error('connect ECONNREFUSED'))).status, 503);
  assert.deepEqual(answerTo(new Error('secret detail')), { status: 500, message: 'Something went wrong' });
});

test('an error is described with its type, message, stack and cause', () => {
  const described = describe(new TypeError('outer', { cause: new Error('inner') }));
  assert.equal(described.type, 'TypeError');
  assert.equal(described.message, 'outer');
  assert.match(described.stack, /services\.test\.mjs/);
  assert.equal(described.cause.message, 'inner');
});
