import jwt from 'jsonwebtoken';
import { randomUUID } from 'node:crypto';

export function createAuth({ jwtSecret, accessTokenSeconds }) {
  return {
    signAccessToken: (user) =>
      jwt.sign({ sub: user.id, role: user.role, jti: randomUUID() }, jwtSecret, { expiresIn: accessTokenSeconds }),

    requireUser(req, res, next) {
      const [scheme, token] = (req.headers.authorization ?? '').split(' ');
      if (scheme !== 'Bearer' || !token) return res.status(401).json({ error: 'Authentication required' });
      try {
        const payload = jwt.verify(token, jwtSecret, { algorithms: ['HS256'] });
        req.user = { id: payload.sub, role: payload.role };
      } catch {
        return res.status(401).json({ error: 'Invalid or expired token' });
      }
      next();
    },

    requireAdmin(req, res, next) {
      if (req.user.role !== 'admin') return res.status(403).json({ error: 'Admin access required' });
      next();
    },
  };
}
