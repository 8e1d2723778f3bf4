import { HttpError } from '../httpError.mjs';

export function toAddress(row) {
  return { id: row.id, street: row.street, city: row.city, floor: row.floor, isDefault: row.is_default };
}

export function createAddresses({ db }) {
  return {
    async list(userId, { limit, offset }) {
      const rows = await db.query(
        'SELECT * FROM addresses WHERE user_id = $1 ORDER BY created_at, id LIMIT $2 OFFSET $3',
        [userId, limit, offset],
      );
      return rows.map(toAddress);
    },

    async create(userId, { street, city, floor, isDefault }) {
      const [row] = await db.query(
        'INSERT INTO addresses (user_id, street, city, floor, is_default) VALUES ($1, $2, $3, $4, $5) RETURNING *',
        [userId, street, city, floor, isDefault],
      );
      return toAddress(row);
    },

    async update(userId, addressId, { street, city, floor, isDefault }) {
      const [row] = await db.query(
        `UPDATE addresses SET street = COALESCE($3, street), city = COALESCE($4, city), floor = COALESCE($5, floor), is_default = COALESCE($6, is_default)
         WHERE id = $1 AND user_id = $2 RETURNING *`,
        [addressId, userId, street, city, floor, isDefault],
      );
      if (!row) throw new HttpError(404, 'Address not found');
      return toAddress(row);
    },
  };
}
