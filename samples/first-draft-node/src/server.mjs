import { config } from './config.mjs';

const { createApp } = await import(config.mended ? './mended/app.mjs' : './app.mjs');
const { app, db, accounts } = createApp(config);

await accounts.ensureAdmin(config.adminEmail, config.adminPassword);

const server = app.listen(config.port, config.host, (error) => {
  if (error) throw error;
  console.log(`Server listening on http://${config.host}:${server.address().port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.close(() => db.close().finally(() => process.exit(0)));
  });
}
