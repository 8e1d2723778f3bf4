import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProducts, toProduct } from '../src/services/products.mjs';
import { averageRating } from '../src/services/reviews.mjs';
import { fakeDb, silentLogger } from './fakes.mjs';

const row = { id: 'p1', sku: 'TEA', name: 'Tea', price_cents: 450, active: true, views: 3, inventory: { stock: 10, weight_grams: null, max_per_order: null } };

test('toProduct flattens the inventory', () => {
  assert.deepEqual(toProduct(row), {
    sku: 'TEA', name: 'Tea', priceCents: 450, stock: 10, weightGrams: null, maxPerOrder: null, active: true, views: 3,
  });
});

test('a product view is counted', async () => {
  const db = fakeDb([['WHERE p.sku = $1', [row]]]);
  const product = await createProducts({ db, logger: silentLogger }).get('TEA');
  assert.equal(product.views, 4);
});

test('a missing product is 404', async () => {
  await assert.rejects(createProducts({ db: fakeDb(), logger: silentLogger }).get('NONE'), { status: 404 });
});

test('averageRating rounds to one digit', () => {
  assert.equal(averageRating([{ rating: 5 }, { rating: 4 }, { rating: 4 }]), 4.3);
  assert.equal(averageRating([]), null);
});
