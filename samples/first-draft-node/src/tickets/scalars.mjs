import { z } from 'zod';

const INTEGER = /^\s*-?\d+(\.0+)?\s*$/;
const MAX_INTEGER = 2_147_483_647;

const readInteger = (value) => {
  if (typeof value === 'string' && INTEGER.test(value)) return Number(value);
  return value === '' || value === null ? undefined : value;
};

const readFlag = (value) => {
  if (typeof value === 'string' && /^\s*true\s*$/i.test(value)) return true;
  if (typeof value === 'string' && /^\s*false\s*$/i.test(value)) return false;
  return value === '' || value === null ? undefined : value;
};

/** A whole number, as a number or as the string that a form sends. */
export const integer = (min, max = MAX_INTEGER) => z.preprocess(readInteger, z.number().int().min(min).max(max));

export const optionalInteger = (min, max = MAX_INTEGER) => z.preprocess(readInteger, z.number().int().min(min).max(max).optional());

/** true or false, as a boolean or as a string. */
export const flag = (fallback) => z.preprocess(readFlag, z.boolean().default(fallback));

export const optionalFlag = () => z.preprocess(readFlag, z.boolean().optional());

/** Text that PostgreSQL can hold: no NUL and no half of a surrogate pair. */
export const text = (max) => z.string().min(1).max(max)
  .refine((value) => !value.includes('\0') && value.isWellFormed(), { message: 'Contains characters that cannot be stored' });
