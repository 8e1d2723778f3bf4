import { Router } from 'express';
import { z } from 'zod';
import { validate } from '../validate.mjs';
import { readBoundedPage } from './page.mjs';
import { flag, integer, text } from './scalars.mjs';

export const ticketSchema = z.object({
  reference: text(40),
  subject: text(200),
  priority: integer(1, 5),
  urgent: flag(false),
});

export function ticketRoutes({ tickets, auth }) {
  const router = Router();

  router.get('/tickets', auth.requireUser, async (req, res) => {
    const page = readBoundedPage(req.query);
    res.json({ items: await tickets.list(req.user.id, page), page: page.page, limit: page.limit });
  });

  router.post('/tickets', auth.requireUser, validate(ticketSchema), async (req, res) => {
    res.status(201).json(await tickets.create(req.user.id, req.body));
  });

  router.get('/tickets/:id', auth.requireUser, async (req, res) => {
    res.json(await tickets.get(req.user.id, req.params.id));
  });

  return router;
}
