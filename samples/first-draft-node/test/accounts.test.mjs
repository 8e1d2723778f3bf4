import assert from 'node:assert/strict';
import { test } from 'node:test';
import bcrypt from 'bcryptjs';
import { createAccounts, toUser } from '../src/services/accounts.mjs';
import { auth, config, fakeDb } from './fakes.mjs';

const ada = { email: 'Ada@Example.com', password: 'correct horse', name: 'Ada', age: 36, newsletter: false };

test('signup stores a lowercase email and a hashed password', async () => {
  const db = fakeDb([['INSERT INTO users', ([email, password_hash, name, age]) => [{ id: '1', email, password_hash, name, age }]]]);
  const user = await createAccounts({ db, auth, config }).signup(ada);
  assert.equal(user.email, 'ada@example.com');
  const hash = db.queries.at(-1).params[1];
  assert.ok(await bcrypt.compare('correct horse', hash));
});

test('signup rejects an email that is taken', async () => {
  const db = fakeDb([['SELECT * FROM users', [{ id: '1' }]]]);
  await assert.rejects(createAccounts({ db, auth, config }).signup(ada), { status: 409 });
});

test('login returns tokens for the right password', async () => {
  const password_hash = await bcrypt.hash('correct horse', 4);
  const db = fakeDb([['SELECT * FROM users', [{ id: '1', role: 'user', password_hash }]]]);
  const tokens = await createAccounts({ db, auth, config }).login({ email: ada.email, password: 'correct horse' });
  assert.equal(tokens.accessToken, 'token-of-1');
  assert.equal(tokens.refreshToken.length, 96);
});

test('login rejects a wrong password and an unknown email alike', async () => {
  const password_hash = await bcrypt.hash('correct horse', 4);
  const known = createAccounts({ db: fakeDb([['SELECT * FROM users', [{ id: '1', password_hash }]]]), auth, config });
  const unknown = createAccounts({ db: fakeDb(), auth, config });
  for (const accounts of [known, unknown]) {
    await assert.rejects(accounts.login({ email: ada.email, password: 'wrong' }), { status: 401, message: 'Invalid email or password' });
  }
});

test('refresh replaces the token', async () => {
  const db = fakeDb([['FROM refresh_tokens t JOIN users', [{ id: '1', role: 'user' }]]]);
  const tokens = await createAccounts({ db, auth, config }).refresh('old');
  assert.notEqual(tokens.refreshToken, 'old');
  assert.ok(db.queries.some(({ text }) => text.startsWith('DELETE FROM refresh_tokens')));
});

test('refresh rejects an unknown token', async () => {
  await assert.rejects(createAccounts({ db: fakeDb(), auth, config }).refresh('unknown'), { status: 401 });
});

test('toUser leaves the password hash out', () => {
  assert.ok(!('passwordHash' in toUser({ id: '1', password_hash: 'secret' })));
});
