import { Router } from 'express';
import { readPage } from '../pagination.mjs';

export function dashboardRoutes({ dashboard, auth }) {
  const router = Router();

  router.get('/dashboard', auth.requireUser, auth.requireAdmin, async (req, res) => {
    const page = readPage(req.query, 500);
    res.json({ users: await dashboard.load(page), page: page.page, limit: page.limit });
  });

  return router;
}
