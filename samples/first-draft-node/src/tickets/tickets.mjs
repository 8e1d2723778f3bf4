import { HttpError } from '../httpError.mjs';
import { isUuid } from './uuid.mjs';

export function toTicket(row) {
  return {
    id: row.id,
    reference: row.reference,
    subject: row.subject,
    priority: row.priority,
    urgent: row.urgent,
    createdAt: row.created_at,
  };
}

export function createTickets({ db }) {
  return {
    async list(userId, { limit, offset }) {
      const rows = await db.query(
        'SELECT * FROM tickets WHERE user_id = $1 ORDER BY created_at, id LIMIT $2 OFFSET $3',
        [userId, limit, offset],
      );
      return rows.map(toTicket);
    },

    async create(userId, { reference, subject, priority, urgent }) {
      const [row] = await db.query(
        `INSERT INTO tickets (user_id, reference, subject, priority, urgent) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, reference) DO NOTHING RETURNING *`,
        [userId, reference, subject, priority, urgent],
      );
      if (!row) throw new HttpError(409, `You have a ticket ${reference} already`);
      return toTicket(row);
    },

    async get(userId, ticketId) {
      const [row] = isUuid(ticketId)
        ? await db.query('SELECT * FROM tickets WHERE id = $1 AND user_id = $2', [ticketId, userId])
        : [];
      if (!row) throw new HttpError(404, 'Ticket not found');
      return toTicket(row);
    },
  };
}
