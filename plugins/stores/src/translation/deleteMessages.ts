/** Texts of the page that ends a store. */
export const deleteMessages = {
  crumb: 'Delete',
  title: 'Delete {{name}}',
  lost: 'What will be lost, for good',
  orders: 'all orders and customers',
  products: 'all products, prices and stock',
  uploads: 'all uploaded pictures and files',
  address: 'the address {{address}}, which is never given to another store',
  time: 'It takes about ten seconds. Once begun it cannot be stopped.',
  type: 'Type the name of the store to confirm: {{name}}',
  submit: 'Delete {{name}}',
  typeFirst: 'Type the name of the store first.',
  leave:
    'Whether {{name}} is deleted has not been answered yet. Leave this page all the same?',
  failed: '{{name}} was not deleted',
  keep: 'Keep it',
  protectedTitle: '{{name}} is protected',
  protectedText:
    'Nobody can delete it until somebody takes the protection off. {{owner}} and the platform team may.',
  forbiddenTitle: 'You may not delete {{name}}',
  forbiddenText:
    'Only {{owner}} and the platform team may. Ask them, or leave it be.',
  running: '{{name}} is being deleted',
  gone: '{{name}} is deleted',
  back: 'To the store',
} as const;
