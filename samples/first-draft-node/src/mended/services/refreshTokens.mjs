import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';

const GRACE_SECONDS = 30;

const hashOf = (token) => createHash('sha256').update(token).digest('base64url');

/** The one successor of a token: whoever refreshes at the same time gets the same. */
export const successorOf = (token, secret) => createHmac('sha256', secret).update(`refresh:${token}`).digest('base64url');

export function createRefreshTokens({ db, config }) {
  const lifetime = `${config.refreshTokenDays} days`;

  return {
    async issue(userId) {
      const token = randomBytes(32).toString('base64url');
      await db.query(
        'INSERT INTO refresh_tokens (user_id, token, family, expires_at) VALUES ($1, $2, $3, now() + $4::interval)',
        [userId, hashOf(token), randomUUID(), lifetime],
      );
      return token;
    },

    /**
     * Replaces a token by its successor. Within the grace time everyone who holds it gets that one; later it is taken for
     * stolen, and all that came of the same login is signed out. Null where it is worth nothing.
     */
    async rotate(token) {
      const hash = hashOf(token);
      const successor = successorOf(token, config.jwtSecret);
      return db.transaction(async (query) => {
        const [held] = await query(
          `SELECT user_id, family, rotated_at, rotated_at < now() - make_interval(secs => $2) AS reused
           FROM refresh_tokens WHERE token = $1 AND expires_at > now() FOR UPDATE`,
          [hash, GRACE_SECONDS],
        );
        if (!held) return null;
        if (held.reused) {
          await query('DELETE FROM refresh_tokens WHERE family = $1', [held.family]);
          return null;
        }
        if (!held.rotated_at) {
          await query('UPDATE refresh_tokens SET rotated_at = now() WHERE token = $1', [hash]);
          await query(
            'INSERT INTO refresh_tokens (user_id, token, family, expires_at) VALUES ($1, $2, $3, now() + $4::interval)',
            [held.user_id, hashOf(successor), held.family, lifetime],
          );
        }
        return { userId: held.user_id, refreshToken: successor };
      });
    },

    async end(token) {
      await db.query('DELETE FROM refresh_tokens WHERE family = (SELECT family FROM refresh_tokens WHERE token = $1)', [hashOf(token)]);
    },

    async endAll(token) {
      await db.query('DELETE FROM refresh_tokens WHERE user_id = (SELECT user_id FROM refresh_tokens WHERE token = $1)', [hashOf(token)]);
    },
  };
}
