import express from 'express';
import { readFileSync } from 'node:fs';
import { createAuth } from '../auth.mjs';
import { healthRoutes } from '../routes/health.mjs';
import { ticketRoutes } from '../tickets/routes.mjs';
import { createTickets } from '../tickets/tickets.mjs';
import { createDb } from './db.mjs';
import { createErrorHandler, requestId } from './errors.mjs';
import { logger } from './logger.mjs';
import { apiRoutes } from './routes.mjs';
import { createAccounts } from './services/accounts.mjs';
import { createAddresses } from './services/addresses.mjs';
import { createDashboard } from './services/dashboard.mjs';
import { createOrders } from './services/orders.mjs';
import { createProducts } from './services/products.mjs';
import { createRefreshTokens } from './services/refreshTokens.mjs';
import { createReviews } from './services/reviews.mjs';

function readOpenapi() {
  const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
  document.paths['/api/products/{sku}/reviews'].get.parameters = document.paths['/api/products'].get.parameters;
  return document;
}

export function createApp(config) {
  const db = createDb(config.databaseUrl, logger);
  const auth = createAuth(config);
  const refreshTokens = createRefreshTokens({ db, config });
  const accounts = createAccounts({ db, auth, refreshTokens, config });
  const products = createProducts({ db });
  const reviews = createReviews({ db, products });
  const orders = createOrders({ db });
  const addresses = createAddresses({ db });
  const dashboard = createDashboard({ db });
  const openapi = readOpenapi();

  const app = express();
  app.disable('x-powered-by');
  app.use(requestId);
  app.use(express.json());
  app.use(healthRoutes({ db }));
  app.get('/openapi.json', (req, res) => res.json(openapi));
  app.use('/api', apiRoutes({ accounts, products, reviews, orders, addresses, dashboard, auth }));
  app.use('/api', ticketRoutes({ tickets: createTickets({ db }), auth }));
  app.use((req, res) => res.status(404).json({ error: 'Not found' }));
  app.use(createErrorHandler(logger));

  return { app, db, accounts };
}
