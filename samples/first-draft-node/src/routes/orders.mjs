import { Router } from 'express';
import { HttpError } from '../httpError.mjs';
import { readPage } from '../pagination.mjs';
import { orderSchema } from '../schemas.mjs';
import { validate } from '../validate.mjs';

export function orderRoutes({ orders, auth, failureLog }) {
  const router = Router();

  const handle = (source, action) => async (req, res) => {
    try {
      await action(req, res);
    } catch (error) {
      if (error instanceof HttpError) return res.status(error.status).json({ error: error.message });
      await failureLog.record(source, error);
      res.status(500).json({ error: 'Something went wrong' });
    }
  };

  router.post('/orders', auth.requireUser, validate(orderSchema), handle('POST /api/orders', async (req, res) => {
    res.status(201).json(await orders.create(req.user.id, req.body));
  }));

  router.get('/orders', auth.requireUser, handle('GET /api/orders', async (req, res) => {
    const page = readPage(req.query);
    res.json({ items: await orders.list(req.user.id, page), page: page.page, limit: page.limit });
  }));

  router.get('/orders/:id', auth.requireUser, handle('GET /api/orders/:id', async (req, res) => {
    res.json(await orders.get(req.params.id));
  }));

  router.post('/orders/:id/cancel', auth.requireUser, handle('POST /api/orders/:id/cancel', async (req, res) => {
    res.json(await orders.cancel(req.params.id, req.user.id));
  }));

  return router;
}
