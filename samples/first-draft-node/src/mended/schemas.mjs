import { z } from 'zod';
import { flag, integer, optionalFlag, optionalInteger, text } from '../tickets/scalars.mjs';

const MAX_PRICE = 1_000_000;
const MAX_STOCK = 1_000_000_000;

const email = z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), z.email().max(254));
const password = text(72);

// Years that PostgreSQL and every client can hold.
const instant = z.iso.datetime({ offset: true }).refine((value) => value >= '2000' && value < '3000', { message: 'Year out of range' });

export const signupSchema = z.object({ email, password: password.min(8), name: text(200), age: integer(1, 150), newsletter: flag(false) });
export const loginSchema = z.object({ email: text(254), password });
export const refreshSchema = z.object({ refreshToken: text(500) });
export const logoutSchema = z.object({ refreshToken: text(500), everywhere: flag(false) });
export const updateMeSchema = z.object({ name: text(200).optional(), age: optionalInteger(1, 150), newsletter: optionalFlag() });

export const productSchema = z.object({
  sku: text(64),
  name: text(200),
  priceCents: integer(1, MAX_PRICE),
  stock: integer(0, MAX_STOCK),
  weightGrams: optionalInteger(1),
  maxPerOrder: optionalInteger(1),
  active: flag(true),
});

export const updateProductSchema = z.object({
  name: text(200).optional(),
  priceCents: optionalInteger(1, MAX_PRICE),
  stock: optionalInteger(0, MAX_STOCK),
  weightGrams: optionalInteger(1),
  maxPerOrder: optionalInteger(1),
  active: optionalFlag(),
});

export const reviewSchema = z.object({ rating: integer(1, 5), text: text(2_000), recommend: flag(true), anonymous: flag(false) });

// 20 lines of 100 pieces at the highest price stay within an integer.
export const orderSchema = z.object({
  items: z.array(z.object({ sku: text(64), quantity: integer(1, 100) })).min(1).max(20),
  giftWrap: flag(false),
  deliverAfter: instant.optional(),
});

export const addressSchema = z.object({ street: text(200), city: text(200), floor: optionalInteger(-10, 300), isDefault: flag(false) });
export const updateAddressSchema = z.object({
  street: text(200).optional(),
  city: text(200).optional(),
  floor: optionalInteger(-10, 300),
  isDefault: optionalFlag(),
});
