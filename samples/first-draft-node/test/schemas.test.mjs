import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPage } from '../src/pagination.mjs';
import { addressSchema, orderSchema, productSchema, reviewSchema, signupSchema } from '../src/schemas.mjs';

const valid = { email: 'ada@example.com', password: 'correct horse', name: 'Ada', age: 36 };

test('signup accepts a valid body', () => {
  assert.equal(signupSchema.parse(valid).newsletter, false);
});

for (const [field, value] of [['email', 'nobody'], ['password', 'short'], ['name', ''], ['age', -1], ['age', 1.5]]) {
  test(`signup rejects ${field} ${JSON.stringify(value)}`, () => {
    const result = signupSchema.safeParse({ ...valid, [field]: value });
    assert.deepEqual(result.error.issues.map((issue) => issue.path[0]), [field]);
  });
}

test('products need a positive price', () => {
  assert.ok(!productSchema.safeParse({ sku: 'TEA', name: 'Tea', priceCents: 0, stock: 1 }).success);
});

test('reviews are rated from 1 to 5', () => {
  assert.ok(reviewSchema.safeParse({ rating: 5, text: 'Fine' }).success);
  assert.ok(!reviewSchema.safeParse({ rating: 6, text: 'Fine' }).success);
});

test('orders need at least one item', () => {
  assert.ok(!orderSchema.safeParse({ items: [] }).success);
});

test('an address may have a floor', () => {
  assert.equal(addressSchema.parse({ street: 'Main Street 1', city: 'Ghent', floor: 2 }).floor, 2);
});

test('readPage has defaults and a maximum', () => {
  assert.deepEqual(readPage({}), { page: 1, limit: 20, offset: 0 });
  assert.deepEqual(readPage({ page: '3', limit: '1000' }), { page: 3, limit: 100, offset: 200 });
});
