import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupOrders } from '../src/services/dashboard.mjs';
import { createOrders, totalOf } from '../src/services/orders.mjs';
import { fakeDb } from './fakes.mjs';

const tea = { id: 'p1', sku: 'TEA', name: 'Tea', price_cents: 450, stock: 10, max_per_order: 5 };
const cup = { id: 'p2', sku: 'CUP', name: 'Cup', price_cents: 900, stock: 1, max_per_order: null };
const withTea = () => fakeDb([
  ['FROM products p JOIN inventory', ([sku]) => [tea, cup].filter((product) => product.sku === sku)],
  ['INSERT INTO orders', ([userId, total_cents]) => [{ id: 'o1', user_id: userId, status: 'pending', total_cents }]],
]);

test('an order takes prices from the catalogue and reduces the stock', async () => {
  const db = withTea();
  const order = await createOrders({ db }).create('u1', { items: [{ sku: 'TEA', quantity: 2 }], giftWrap: false });
  assert.equal(order.totalCents, 900);
  assert.deepEqual(order.items, [{ sku: 'TEA', name: 'Tea', quantity: 2, unitPriceCents: 450 }]);
  assert.deepEqual(db.queries.find(({ text }) => text.startsWith('UPDATE inventory')).params, [8, 'p1']);
});

for (const [what, item, status] of [
  ['more than is in stock', { sku: 'CUP', quantity: 2 }, 409],
  ['more than allowed per order', { sku: 'TEA', quantity: 6 }, 400],
  ['an unknown product', { sku: 'NONE', quantity: 1 }, 400],
]) {
  test(`an order of ${what} is rejected`, async () => {
    await assert.rejects(createOrders({ db: withTea() }).create('u1', { items: [item] }), { status });
  });
}

test('cancelling gives the stock back', async () => {
  const db = fakeDb([
    ['SELECT * FROM orders', [{ id: 'o1', status: 'pending' }]],
    ['FROM order_items', [{ product_id: 'p1', quantity: 2, sku: 'TEA' }]],
  ]);
  const order = await createOrders({ db }).cancel('o1', 'u1');
  assert.equal(order.status, 'cancelled');
  assert.deepEqual(db.queries.at(-1).params, [2, 'p1']);
});

test('a cancelled order cannot be cancelled again', async () => {
  const db = fakeDb([['SELECT * FROM orders', [{ id: 'o1', status: 'cancelled' }]]]);
  await assert.rejects(createOrders({ db }).cancel('o1', 'u1'), { status: 409 });
});

test('totalOf adds up the lines', () => {
  assert.equal(totalOf([{ quantity: 2, unitPriceCents: 450 }, { quantity: 1, unitPriceCents: 100 }]), 1000);
});

test('groupOrders puts the rows of an order together', () => {
  const orders = groupOrders([{ id: 'o1', sku: 'TEA' }, { id: 'o1', sku: 'CUP' }, { id: 'o2', sku: null }]);
  assert.deepEqual(orders.map((order) => order.items.length), [2, 0]);
});
