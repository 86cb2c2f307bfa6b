/**
 * The one line that sets the Medusa version. After a change run `yarn workspace @storeyard/store-image lock`, which takes it
 * over into the app's package.json and lock; a test compares the three. 2.18.0 is the last release that is MIT throughout.
 */
export const medusaVersion = '2.18.0';
