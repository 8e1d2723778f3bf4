import { Router } from 'express';
import { loginSchema, logoutSchema, refreshSchema, signupSchema, updateMeSchema } from '../schemas.mjs';
import { validate } from '../validate.mjs';

export function accountRoutes({ accounts, auth }) {
  const router = Router();

  router.post('/signup', validate(signupSchema), async (req, res) => {
    const { id, email, name, age, newsletter } = await accounts.signup(req.body);
    res.status(201).json({ id, email, name, age, newsletter });
  });

  router.post('/login', validate(loginSchema), async (req, res) => {
    res.json(await accounts.login(req.body));
  });

  router.post('/token/refresh', validate(refreshSchema), async (req, res) => {
    res.json(await accounts.refresh(req.body.refreshToken));
  });

  router.post('/logout', validate(logoutSchema), async (req, res) => {
    await accounts.logout(req.body.refreshToken, req.body.everywhere);
    res.status(204).end();
  });

  router.get('/me', auth.requireUser, async (req, res) => {
    res.json(await accounts.me(req.user.id));
  });

  router.patch('/me', auth.requireUser, validate(updateMeSchema), async (req, res) => {
    res.json(await accounts.updateMe(req.user.id, req.body));
  });

  return router;
}
