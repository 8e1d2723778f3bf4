import express from 'express';
import { fileURLToPath } from 'node:url';
import { createAuth } from './auth.mjs';
import { createDb } from './db.mjs';
import { createErrorHandler } from './errorHandler.mjs';
import { createFailureLog } from './failureLog.mjs';
import { logger } from './logger.mjs';
import { accountRoutes } from './routes/accounts.mjs';
import { addressRoutes } from './routes/addresses.mjs';
import { dashboardRoutes } from './routes/dashboard.mjs';
import { healthRoutes } from './routes/health.mjs';
import { orderRoutes } from './routes/orders.mjs';
import { productRoutes } from './routes/products.mjs';
import { createAccounts } from './services/accounts.mjs';
import { createAddresses } from './services/addresses.mjs';
import { createDashboard } from './services/dashboard.mjs';
import { createOrders } from './services/orders.mjs';
import { createProducts } from './services/products.mjs';
import { createReviews } from './services/reviews.mjs';
import { ticketRoutes } from './tickets/routes.mjs';
import { createTickets } from './tickets/tickets.mjs';

const openapi = fileURLToPath(new URL('../openapi.json', import.meta.url));

export function createApp(config) {
  const db = createDb(config.databaseUrl, logger);
  const auth = createAuth(config);
  const accounts = createAccounts({ db, auth, config });
  const products = createProducts({ db, logger });
  const reviews = createReviews({ db, products });
  const orders = createOrders({ db });
  const addresses = createAddresses({ db });
  const dashboard = createDashboard({ db });
  const tickets = createTickets({ db });
  const failureLog = createFailureLog(db);

  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.use(healthRoutes({ db }));
  app.get('/openapi.json', (req, res) => res.sendFile(openapi));
  app.use('/api', accountRoutes({ accounts, auth }));
  app.use('/api', productRoutes({ products, reviews, auth }));
  app.use('/api', orderRoutes({ orders, auth, failureLog }));
  app.use('/api', addressRoutes({ addresses, auth }));
  app.use('/api', ticketRoutes({ tickets, auth }));
  app.use('/api', dashboardRoutes({ dashboard, auth }));
  app.use((req, res) => res.status(404).json({ error: 'Not found' }));
  app.use(createErrorHandler(logger));

  return { app, db, accounts };
}
