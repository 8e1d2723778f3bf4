import bcrypt from 'bcryptjs';
import { randomBytes } from 'node:crypto';
import { HttpError } from '../httpError.mjs';

const HASH_ROUNDS = 10;

export function toUser(row) {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    age: row.age,
    newsletter: row.newsletter,
    role: row.role,
    createdAt: row.created_at,
  };
}

export function createAccounts({ db, auth, config }) {
  const findByEmail = async (email) => {
    const [user] = await db.query('SELECT * FROM users WHERE email = $1', [email.toLowerCase()]);
    return user;
  };

  const insertUser = async ({ email, password, name, age, newsletter, role = 'user' }) => {
    const passwordHash = await bcrypt.hash(password, HASH_ROUNDS);
    const [user] = await db.query(
      'INSERT INTO users (email, password_hash, name, age, newsletter, role) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *',
      [email.toLowerCase(), passwordHash, name, age, newsletter, role],
    );
    return user;
  };

  const issueTokens = async (user) => {
    const refreshToken = randomBytes(48).toString('hex');
    const expiresAt = new Date(Date.now() + config.refreshTokenDays * 24 * 60 * 60 * 1000);
    await db.query('INSERT INTO refresh_tokens (user_id, token, expires_at) VALUES ($1, $2, $3)', [user.id, refreshToken, expiresAt]);
    return { accessToken: auth.signAccessToken(user), refreshToken, expiresIn: config.accessTokenSeconds };
  };

  return {
    async ensureAdmin(email, password) {
      if (await findByEmail(email)) return;
      await insertUser({ email, password, name: 'Administrator', age: 30, newsletter: false, role: 'admin' });
    },

    async signup(input) {
      const existing = await findByEmail(input.email);
      if (existing) throw new HttpError(409, 'Email is already registered');
      return toUser(await insertUser(input));
    },

    async login({ email, password }) {
      const user = await findByEmail(email);
      if (!user || !(await bcrypt.compare(password, user.password_hash))) {
        throw new HttpError(401, 'Invalid email or password');
      }
      return issueTokens(user);
    },

    async refresh(refreshToken) {
      const [stored] = await db.query(
        'SELECT u.* FROM refresh_tokens t JOIN users u ON u.id = t.user_id WHERE t.token = $1 AND t.expires_at > now()',
        [refreshToken],
      );
      if (!stored) throw new HttpError(401, 'Invalid refresh token');
      await db.query('DELETE FROM refresh_tokens WHERE user_id = $1', [stored.id]);
      return issueTokens(stored);
    },

    async logout(refreshToken, everywhere) {
      if (everywhere) {
        await db.query('DELETE FROM refresh_tokens WHERE user_id = (SELECT user_id FROM refresh_tokens WHERE token = $1)', [refreshToken]);
      } else {
        await db.query('DELETE FROM refresh_tokens WHERE token = $1', [refreshToken]);
      }
    },

    async me(userId) {
      const [user] = await db.query('SELECT * FROM users WHERE id = $1', [userId]);
      if (!user) throw new HttpError(404, 'User not found');
      return toUser(user);
    },

    async updateMe(userId, { name, age, newsletter }) {
      const [user] = await db.query(
        'UPDATE users SET name = COALESCE($2, name), age = COALESCE($3, age), newsletter = COALESCE($4, newsletter) WHERE id = $1 RETURNING *',
        [userId, name, age, newsletter],
      );
      if (!user) throw new HttpError(404, 'User not found');
      return toUser(user);
    },
  };
}
