import { z } from 'zod';

export const signupSchema = z.object({
  email: z.email(),
  password: z.string().min(8),
  name: z.string().min(1),
  age: z.number().int().positive(),
  newsletter: z.boolean().default(false),
});

export const loginSchema = z.object({
  email: z.string().min(1),
  password: z.string().min(1),
});

export const refreshSchema = z.object({
  refreshToken: z.string().min(1),
});

export const logoutSchema = z.object({
  refreshToken: z.string().min(1),
  everywhere: z.boolean().default(false),
});

export const updateMeSchema = z.object({
  name: z.string().min(1).optional(),
  age: z.number().int().positive().optional(),
  newsletter: z.boolean().optional(),
});

export const productSchema = z.object({
  sku: z.string().min(1),
  name: z.string().min(1),
  priceCents: z.number().int().positive(),
  stock: z.number().int(),
  weightGrams: z.number().int().positive().optional(),
  maxPerOrder: z.number().int().positive().optional(),
  active: z.boolean().default(true),
});

export const updateProductSchema = z.object({
  name: z.string().min(1).optional(),
  priceCents: z.number().int().positive().optional(),
  stock: z.number().int().optional(),
  weightGrams: z.number().int().positive().optional(),
  maxPerOrder: z.number().int().positive().optional(),
  active: z.boolean().optional(),
});

export const reviewSchema = z.object({
  rating: z.number().int().min(1).max(5),
  text: z.string().min(1),
  recommend: z.boolean().default(true),
  anonymous: z.coerce.boolean().default(false),
});

export const orderSchema = z.object({
  items: z.array(z.object({
    sku: z.string().min(1),
    quantity: z.number().int().positive(),
  })).min(1),
  giftWrap: z.boolean().default(false),
  deliverAfter: z.iso.datetime({ offset: true }).optional(),
});

export const addressSchema = z.object({
  street: z.string().min(1),
  city: z.string().min(1),
  floor: z.number().int().optional(),
  isDefault: z.boolean().default(false),
});

export const updateAddressSchema = z.object({
  street: z.string().min(1).optional(),
  city: z.string().min(1).optional(),
  floor: z.number().int().optional(),
  isDefault: z.boolean().optional(),
});
