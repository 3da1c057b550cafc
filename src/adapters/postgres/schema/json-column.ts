import type { ColumnType } from 'kysely';

/** As it comes out of JSON, where a time is text. */
export type Stored<Value> = Value extends Date
  ? string
  : Value extends object
    ? { readonly [Key in keyof Value]: Stored<Value[Key]> }
    : Value;

/** A JSON column: written as text, read as what it holds. */
export type Json<Value> = ColumnType<Value, string, string>;

export type NullableJson<Value> = ColumnType<Value | null, string | null, string | null>;
