/** The parts of the Store API's answers that the pages show. */
export interface Country {
  iso_2: string;
  display_name: string;
}

export interface Region {
  id: string;
  currency_code: string;
  countries: Country[];
}

export interface Variant {
  id: string;
  title: string;
  calculated_price?: { calculated_amount: number; currency_code: string };
}

export interface Product {
  id: string;
  title: string;
  description?: string | null;
  thumbnail?: string | null;
  variants: Variant[];
}

export interface LineItem {
  id: string;
  product_title: string;
  variant_title: string;
  quantity: number;
  total: number;
}

interface Totals {
  id: string;
  currency_code: string;
  email?: string | null;
  items: LineItem[];
  item_subtotal: number;
  shipping_total: number;
  tax_total: number;
  total: number;
}

export interface Cart extends Totals {
  completed_at?: string | null;
}

export interface Order extends Totals {
  display_id: number;
}

export interface ShippingOption {
  id: string;
  name: string;
  amount: number;
}

export interface Address {
  first_name: string;
  last_name: string;
  address_1: string;
  postal_code: string;
  city: string;
  country_code: string;
}
