import { groupOrders } from '../../services/dashboard.mjs';

export function createDashboard({ db }) {
  return {
    async load({ limit, offset }) {
      const users = await db.query(
        'SELECT id, name, email, age, created_at FROM users ORDER BY created_at, id LIMIT $1 OFFSET $2',
        [limit, offset],
      );
      const rows = await db.query(
        `SELECT o.*, i.quantity, i.unit_price_cents, p.sku, p.name
         FROM orders o
         LEFT JOIN order_items i ON i.order_id = o.id
         LEFT JOIN products p ON p.id = i.product_id
         WHERE o.user_id = ANY($1) ORDER BY o.created_at, o.id, p.sku`,
        [users.map((user) => user.id)],
      );
      const rowsOf = byUser(rows);
      return users.map((user) => ({
        id: user.id,
        name: user.name,
        email: user.email,
        age: user.age,
        createdAt: user.created_at,
        orders: groupOrders(rowsOf.get(user.id) ?? []),
      }));
    },
  };
}

function byUser(rows) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row.user_id)) groups.set(row.user_id, []);
    groups.get(row.user_id).push(row);
  }
  return groups;
}
