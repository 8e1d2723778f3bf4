import { toItem, toOrder } from './orders.mjs';

export function groupOrders(rows) {
  const orders = new Map();
  for (const row of rows) {
    if (!orders.has(row.id)) orders.set(row.id, toOrder(row, []));
    if (row.sku) orders.get(row.id).items.push(toItem(row));
  }
  return [...orders.values()];
}

export function createDashboard({ db }) {
  const ordersOf = async (userId) => {
    const rows = await db.query(
      `SELECT o.*, i.quantity, i.unit_price_cents, p.sku, p.name
       FROM orders o
       LEFT JOIN order_items i ON i.order_id = o.id
       LEFT JOIN products p ON p.id = i.product_id
       WHERE o.user_id = $1 ORDER BY o.created_at, o.id, p.sku`,
      [userId],
    );
    return groupOrders(rows);
  };

  return {
    async load({ limit, offset }) {
      const users = await db.query(
        'SELECT id, name, email, age, created_at FROM users ORDER BY created_at, id LIMIT $1 OFFSET $2',
        [limit, offset],
      );
      const result = [];
      for (const user of users) {
        result.push({
          id: user.id,
          name: user.name,
          email: user.email,
          age: user.age,
          createdAt: user.created_at,
          orders: await ordersOf(user.id),
        });
      }
      return result;
    },
  };
}
