export interface Config {
  app: {
    signIn?: {
      /**
       * What the way to sign in with OpenID Connect is called. Default: 'Sign in'.
       * @visibility frontend
       */
      title?: string;
      /**
       * The sentence below it, such as whose account to use.
       * @visibility frontend
       */
      message?: string;
    };
  };
  auth?: {
    providers?: {
      /**
       * The page learns that it is there, and nothing of what is in it.
       * @visibility frontend
       */
      guest?: { [key: string]: unknown };
      /**
       * The page learns that it is there, and nothing of what is in it.
       * @visibility frontend
       */
      oidc?: { [environment: string]: unknown };
    };
  };
}
