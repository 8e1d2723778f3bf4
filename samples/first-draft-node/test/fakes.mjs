/** A database that answers each query with the rows of the first entry whose text it contains, and remembers what it was asked. */
export function fakeDb(answers = []) {
  const queries = [];
  const query = async (text, params = []) => {
    queries.push({ text, params });
    const answer = answers.find(([part]) => text.includes(part));
    if (!answer) return [];
    return typeof answer[1] === 'function' ? answer[1](params) : answer[1];
  };
  return { queries, query, transaction: (work) => work(query) };
}

export const config = { jwtSecret: 'test-secret', accessTokenSeconds: 900, refreshTokenDays: 30 };

export const auth = { signAccessToken: (user) => `token-of-${user.id}` };

export const silentLogger = { info() {}, error() {} };
