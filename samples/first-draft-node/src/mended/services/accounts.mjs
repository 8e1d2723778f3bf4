import bcrypt from 'bcryptjs';
import { HttpError } from '../../httpError.mjs';
import { toUser } from '../../services/accounts.mjs';

const HASH_ROUNDS = 10;

export function createAccounts({ db, auth, refreshTokens, config }) {
  // The unique index decides who was first.
  const insertUser = async ({ email, password, name, age, newsletter, role = 'user' }) => {
    const passwordHash = await bcrypt.hash(password, HASH_ROUNDS);
    const [user] = await db.query(
      `INSERT INTO users (email, password_hash, name, age, newsletter, role) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (email) DO NOTHING RETURNING *`,
      [email.toLowerCase(), passwordHash, name, age, newsletter, role],
    );
    return user;
  };

  const tokens = (user, refreshToken) => ({ accessToken: auth.signAccessToken(user), refreshToken, expiresIn: config.accessTokenSeconds });

  const requireUser = (user) => {
    if (!user) throw new HttpError(404, 'User not found');
    return toUser(user);
  };

  return {
    async ensureAdmin(email, password) {
      await insertUser({ email, password, name: 'Administrator', age: 30, newsletter: false, role: 'admin' });
    },

    async signup(input) {
      const user = await insertUser(input);
      if (!user) throw new HttpError(409, 'Email is already registered');
      return toUser(user);
    },

    async login({ email, password }) {
      const [user] = await db.query('SELECT * FROM users WHERE email = $1', [email.trim().toLowerCase()]);
      if (!user || !(await bcrypt.compare(password, user.password_hash))) throw new HttpError(401, 'Invalid email or password');
      return tokens(user, await refreshTokens.issue(user.id));
    },

    async refresh(refreshToken) {
      const rotated = await refreshTokens.rotate(refreshToken);
      if (!rotated) throw new HttpError(401, 'Invalid refresh token');
      const [user] = await db.query('SELECT id, role FROM users WHERE id = $1', [rotated.userId]);
      if (!user) throw new HttpError(401, 'Invalid refresh token');
      return tokens(user, rotated.refreshToken);
    },

    logout: (refreshToken, everywhere) => (everywhere ? refreshTokens.endAll(refreshToken) : refreshTokens.end(refreshToken)),

    async me(userId) {
      const [user] = await db.query('SELECT * FROM users WHERE id = $1', [userId]);
      return requireUser(user);
    },

    async updateMe(userId, { name, age, newsletter }) {
      const [user] = await db.query(
        'UPDATE users SET name = COALESCE($2, name), age = COALESCE($3, age), newsletter = COALESCE($4, newsletter) WHERE id = $1 RETURNING *',
        [userId, name, age, newsletter],
      );
      return requireUser(user);
    },
  };
}
