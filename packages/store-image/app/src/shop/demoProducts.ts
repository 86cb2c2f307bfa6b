/** A product that a new shop starts with. `amount` is in the currency's main unit. */
export interface DemoProduct {
  handle: string;
  title: string;
  description: string;
  option: string;
  values: string[];
  amount: number;
}

export const demoProducts: readonly DemoProduct[] = [
  {
    handle: 'demo-mug',
    title: 'Harbour Mug',
    description: 'Stoneware, 350 ml. Survives the dishwasher and Mondays.',
    option: 'Glaze',
    values: ['Sea', 'Sand'],
    amount: 14,
  },
  {
    handle: 'demo-shirt',
    title: 'Deckhand Shirt',
    description: 'Organic cotton, cut straight, washed soft.',
    option: 'Size',
    values: ['S', 'M', 'L'],
    amount: 29,
  },
  {
    handle: 'demo-bag',
    title: 'Market Bag',
    description: 'Heavy canvas with a pocket inside. Carries 15 kg.',
    option: 'Size',
    values: ['One size'],
    amount: 19,
  },
  {
    handle: 'demo-notebook',
    title: 'Logbook',
    description: '192 dotted pages that lie flat, bound in linen.',
    option: 'Format',
    values: ['A5', 'A6'],
    amount: 12,
  },
];
