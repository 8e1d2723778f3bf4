import { Router } from 'express';
import { readBoundedPage } from '../tickets/page.mjs';
import { validate } from '../validate.mjs';
import * as schemas from './schemas.mjs';

/** The draft's routes. Failures are left to the one error handler. */
export function apiRoutes({ accounts, products, reviews, orders, addresses, dashboard, auth }) {
  const router = Router();
  const user = auth.requireUser;
  const admin = [auth.requireUser, auth.requireAdmin];
  const listed = (page, items) => ({ items, page: page.page, limit: page.limit });

  router.post('/signup', validate(schemas.signupSchema), async (req, res) => {
    const { id, email, name, age, newsletter } = await accounts.signup(req.body);
    res.status(201).json({ id, email, name, age, newsletter });
  });
  router.post('/login', validate(schemas.loginSchema), async (req, res) => res.json(await accounts.login(req.body)));
  router.post('/token/refresh', validate(schemas.refreshSchema), async (req, res) => res.json(await accounts.refresh(req.body.refreshToken)));
  router.post('/logout', validate(schemas.logoutSchema), async (req, res) => {
    await accounts.logout(req.body.refreshToken, req.body.everywhere);
    res.status(204).end();
  });
  router.get('/me', user, async (req, res) => res.json(await accounts.me(req.user.id)));
  router.patch('/me', user, validate(schemas.updateMeSchema), async (req, res) => res.json(await accounts.updateMe(req.user.id, req.body)));

  router.get('/products', async (req, res) => {
    const page = readBoundedPage(req.query);
    res.json(listed(page, await products.list(page)));
  });
  router.post('/products', admin, validate(schemas.productSchema), async (req, res) => res.status(201).json(await products.create(req.body)));
  router.get('/products/:sku', async (req, res) => res.json(await products.get(req.params.sku)));
  router.patch('/products/:sku', admin, validate(schemas.updateProductSchema), async (req, res) => {
    res.json(await products.update(req.params.sku, req.body));
  });
  router.get('/products/:sku/reviews', async (req, res) => {
    const page = readBoundedPage(req.query);
    res.json({ ...(await reviews.list(req.params.sku, page)), page: page.page, limit: page.limit });
  });
  router.post('/products/:sku/reviews', user, validate(schemas.reviewSchema), async (req, res) => {
    res.status(201).json(await reviews.create(req.params.sku, req.user.id, req.body));
  });

  router.post('/orders', user, validate(schemas.orderSchema), async (req, res) => res.status(201).json(await orders.create(req.user.id, req.body)));
  router.get('/orders', user, async (req, res) => {
    const page = readBoundedPage(req.query);
    res.json(listed(page, await orders.list(req.user.id, page)));
  });
  router.get('/orders/:id', user, async (req, res) => res.json(await orders.get(req.params.id, req.user.id)));
  router.post('/orders/:id/cancel', user, async (req, res) => res.json(await orders.cancel(req.params.id, req.user.id)));

  router.get('/addresses', user, async (req, res) => {
    const page = readBoundedPage(req.query);
    res.json(listed(page, await addresses.list(req.user.id, page)));
  });
  router.post('/addresses', user, validate(schemas.addressSchema), async (req, res) => {
    res.status(201).json(await addresses.create(req.user.id, req.body));
  });
  router.patch('/addresses/:id', user, validate(schemas.updateAddressSchema), async (req, res) => {
    res.json(await addresses.update(req.user.id, req.params.id, req.body));
  });

  router.get('/dashboard', admin, async (req, res) => {
    const page = readBoundedPage(req.query, 500);
    res.json({ users: await dashboard.load(page), page: page.page, limit: page.limit });
  });

  return router;
}
