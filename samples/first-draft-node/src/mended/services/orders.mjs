import { HttpError } from '../../httpError.mjs';
import { toItem, toOrder, totalOf } from '../../services/orders.mjs';
import { isUuid } from '../../tickets/uuid.mjs';

const ITEMS = `SELECT i.order_id, i.product_id, i.quantity, i.unit_price_cents, p.sku, p.name
  FROM order_items i JOIN products p ON p.id = i.product_id`;

/** One line for each product, however often it was named. */
export function mergeItems(items) {
  const quantities = new Map();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return quantities;
}

/** The order's lines at the prices of the catalogue; refuses what can't be had. */
export function linesFor(quantities, products) {
  return [...quantities].map(([sku, quantity]) => {
    const product = products.find((candidate) => candidate.sku === sku);
    if (!product) throw new HttpError(400, `Unknown product ${sku}`);
    if (product.max_per_order && quantity > product.max_per_order) throw new HttpError(400, `At most ${product.max_per_order} of ${sku} per order`);
    if (product.stock < quantity) throw new HttpError(409, `Not enough stock for ${sku}`);
    return { productId: product.id, sku, name: product.name, quantity, unitPriceCents: product.price_cents };
  });
}

export function createOrders({ db }) {
  const withItems = async (query, orders) => {
    const items = await query(`${ITEMS} WHERE i.order_id = ANY($1) ORDER BY p.sku`, [orders.map((order) => order.id)]);
    return orders.map((order) => toOrder(order, items.filter((item) => item.order_id === order.id).map(toItem)));
  };

  // Locked in the order of ids, so that two orders of the same products wait for each other instead of deadlocking.
  const lockStock = (query, skus) => query(
    `SELECT p.id, p.sku, p.name, p.price_cents, i.stock, i.max_per_order
     FROM products p JOIN inventory i ON i.product_id = p.id
     WHERE p.sku = ANY($1) AND p.active ORDER BY p.id FOR UPDATE OF i`,
    [skus],
  );

  const addStock = (query, lines) => query(
    `UPDATE inventory SET stock = stock + change.quantity
     FROM unnest($1::uuid[], $2::integer[]) AS change (product_id, quantity) WHERE inventory.product_id = change.product_id`,
    [lines.map((line) => line.productId), lines.map((line) => line.quantity)],
  );

  return {
    create: (userId, { items, giftWrap, deliverAfter }) => db.transaction(async (query) => {
      const quantities = mergeItems(items);
      const lines = linesFor(quantities, await lockStock(query, [...quantities.keys()]));
      await addStock(query, lines.map((line) => ({ ...line, quantity: -line.quantity })));
      const [order] = await query(
        'INSERT INTO orders (user_id, total_cents, gift_wrap, deliver_after) VALUES ($1, $2, $3, $4) RETURNING *',
        [userId, totalOf(lines), giftWrap, deliverAfter],
      );
      await query(
        `INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents)
         SELECT $1, line.* FROM unnest($2::uuid[], $3::integer[], $4::integer[]) AS line`,
        [order.id, lines.map((line) => line.productId), lines.map((line) => line.quantity), lines.map((line) => line.unitPriceCents)],
      );
      return toOrder(order, lines.map(({ productId, ...item }) => item));
    }),

    async list(userId, { limit, offset }) {
      const orders = await db.query(
        'SELECT * FROM orders WHERE user_id = $1 ORDER BY created_at DESC, id LIMIT $2 OFFSET $3',
        [userId, limit, offset],
      );
      return withItems(db.query, orders);
    },

    async get(orderId, userId) {
      const orders = isUuid(orderId) ? await db.query('SELECT * FROM orders WHERE id = $1 AND user_id = $2', [orderId, userId]) : [];
      const [order] = await withItems(db.query, orders);
      if (!order) throw new HttpError(404, 'Order not found');
      return order;
    },

    cancel: (orderId, userId) => db.transaction(async (query) => {
      const cancelled = isUuid(orderId)
        ? await query("UPDATE orders SET status = 'cancelled' WHERE id = $1 AND user_id = $2 AND status = 'pending' RETURNING *", [orderId, userId])
        : [];
      if (cancelled.length === 0) {
        const [order] = isUuid(orderId) ? await query('SELECT status FROM orders WHERE id = $1 AND user_id = $2', [orderId, userId]) : [];
        throw order ? new HttpError(409, `Order is already ${order.status}`) : new HttpError(404, 'Order not found');
      }
      const items = await query(`${ITEMS} WHERE i.order_id = $1 ORDER BY p.sku`, [orderId]);
      await lockStock(query, items.map((item) => item.sku));
      await addStock(query, items.map((item) => ({ productId: item.product_id, quantity: item.quantity })));
      return toOrder(cancelled[0], items.map(toItem));
    }),
  };
}
