export const config = {
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 3000),
  databaseUrl: process.env.DATABASE_URL ?? 'postgres://postgres:postgres@localhost:5432/shop',
  jwtSecret: process.env.JWT_SECRET ?? 'change-me-in-production',
  accessTokenSeconds: 900,
  refreshTokenDays: 30,
  adminEmail: process.env.ADMIN_EMAIL ?? 'admin@example.com',
  adminPassword: process.env.ADMIN_PASSWORD ?? 'admin-password',
  mended: process.env.MENDED === '1',
};
