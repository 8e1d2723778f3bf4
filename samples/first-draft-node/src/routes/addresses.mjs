import { Router } from 'express';
import { HttpError } from '../httpError.mjs';
import { readPage } from '../pagination.mjs';
import { addressSchema, updateAddressSchema } from '../schemas.mjs';
import { validate } from '../validate.mjs';

export function addressRoutes({ addresses, auth }) {
  const router = Router();

  router.get('/addresses', auth.requireUser, async (req, res) => {
    const page = readPage(req.query);
    res.json({ items: await addresses.list(req.user.id, page), page: page.page, limit: page.limit });
  });

  router.post('/addresses', auth.requireUser, validate(addressSchema), async (req, res) => {
    try {
      res.status(201).json(await addresses.create(req.user.id, req.body));
    } catch (error) {
      res.status(400).json({ error: error.message });
    }
  });

  router.patch('/addresses/:id', auth.requireUser, validate(updateAddressSchema), async (req, res) => {
    try {
      res.json(await addresses.update(req.user.id, req.params.id, req.body));
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 400;
      res.status(status).json({ error: error.message });
    }
  });

  return router;
}
