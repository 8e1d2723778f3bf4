import { Router } from 'express';
import { readPage } from '../pagination.mjs';
import { productSchema, reviewSchema, updateProductSchema } from '../schemas.mjs';
import { validate } from '../validate.mjs';

export function productRoutes({ products, reviews, auth }) {
  const router = Router();

  router.get('/products', async (req, res) => {
    const page = readPage(req.query);
    res.json({ items: await products.list(page), page: page.page, limit: page.limit });
  });

  router.post('/products', auth.requireUser, auth.requireAdmin, validate(productSchema), async (req, res) => {
    res.status(201).json(await products.create(req.body));
  });

  router.get('/products/:sku', async (req, res) => {
    res.json(await products.get(req.params.sku));
  });

  router.patch('/products/:sku', auth.requireUser, auth.requireAdmin, validate(updateProductSchema), async (req, res) => {
    res.json(await products.update(req.params.sku, req.body));
  });

  router.get('/products/:sku/reviews', async (req, res) => {
    res.json(await reviews.list(req.params.sku));
  });

  router.post('/products/:sku/reviews', auth.requireUser, validate(reviewSchema), async (req, res) => {
    res.status(201).json(await reviews.create(req.params.sku, req.user.id, req.body));
  });

  return router;
}
