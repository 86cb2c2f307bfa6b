export interface Config {
  /** Settings of the stores plugin. */
  stores?: {
    /**
     * The key that the stores' secrets are derived from, at least 32 characters. It can't be changed: its fingerprint is
     * kept in the database, and another key is refused at start.
     *
     * @visibility secret
     */
    secretKey: string;

    /** The cluster that stores run in. */
    cluster?: {
      /** Path of a kubeconfig; without it the service account of the pod that the backend runs in. */
      kubeconfig?: string;
    };

    /** The chart that stores are made of. */
    chart?: {
      /** Folder of the chart; without it the one that comes with the plugin. */
      path?: string;
      /** Values files, weakest first; relative ones from the working directory. */
      valuesFiles?: string[];
      /** Values that are merged over the files'. Nothing secret belongs in here. */
      values?: { [name: string]: unknown };
    };

    helm?: {
      /** The Helm program; `helm` on the PATH unless given. */
      command?: string;
    };

    ingress?: {
      /** `host:port` at which the ingress controller is reached from here, to try what a shopper would. */
      probeAddress?: string;
    };

    /** The sizes that stores come in, by name. */
    plans?: {
      [name: string]: {
        /** What people read when they choose. */
        description: string;
        /** Values that are merged into the chart's. */
        values?: { [name: string]: unknown };
      };
    };

    /** The plan of requests that name none; `small` unless given. */
    defaultPlan?: string;

    /** Entity ref that owns what a service asks for without naming an owner; without it such a request is refused. */
    defaultOwner?: string;

    quota?: {
      /** How many stores that are not DELETED one owner may have; as many as they like unless given. */
      maximumStoresPerOwner?: number;
    };

    /**
     * How often one user, else one IP address, may call (`backend.trustProxy` decides whose address that is). Other plugins'
     * own calls, readings of metrics, and long polls that come back empty aren't counted.
     */
    rateLimit?: {
      /** All calls. */
      requests?: {
        /** 100 unless given. */
        limit?: number;
        /** 900 unless given. */
        windowSeconds?: number;
      };
      /** Calls that made a store. */
      creations?: {
        /** 10 unless given. */
        limit?: number;
        /** 3600 unless given. */
        windowSeconds?: number;
      };
    };

    provisioning?: {
      /** How long a store may take to become ready before it counts as failed, in seconds; 600 unless given. */
      deadlineSeconds?: number;
    };

    /** How often every store is looked at though nothing called for it, in seconds; 60 unless given. */
    resyncSeconds?: number;

    /** How many stores boot at a time, the others wait their turn; as many as the nodes have cores unless given. */
    concurrentBoots?: number;

    lease?: {
      /**
       * How long a replica's leases on stores outlast it, in seconds from 2 to 300; 8 unless given. Another replica goes
       * on with its stores after a quarter more at the latest.
       */
      durationSeconds?: number;
    };

    retention?: {
      /** How long a DELETED store and its events are kept, in days; 90 unless given. */
      deletedDays?: number;
    };

    /** File in which the making of a local cluster says how far it is. */
    preparationFile?: string;

    /** Entity refs of the groups and users that act for all stores and are signalled of all changes. */
    platformAdmins?: string[];

    metrics?: {
      /**
       * `host:port` at which `/metrics` and `/metrics/summary` are shown without credentials: loopback, or a port that
       * the scraper alone can reach. No such address unless given.
       */
      listen?: string;
    };

    notifications?: {
      /** Whether owners are notified when their stores become READY, FAILED or DELETED; true unless given. */
      enabled?: boolean;
    };

    /** The account in the cluster that the orchestrator works as. */
    platform?: {
      /** Its namespace; `platform` unless given. */
      namespace?: string;
      /** Its name; `platform-api` unless given. */
      serviceAccount?: string;
    };
  };
}
