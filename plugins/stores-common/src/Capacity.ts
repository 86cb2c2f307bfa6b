/**
 * An amount of what pods ask nodes for.
 *
 * @public
 */
export interface ResourceAmount {
  /** In cores. */
  cpu: number;
  /** In bytes. */
  memory: number;
  pods: number;
}

/**
 * What one node of the cluster has and has left.
 *
 * @public
 */
export interface NodeCapacity {
  name: string;
  /** Whether pods may be placed on it: it is ready and not cordoned. */
  schedulable: boolean;
  allocatable: ResourceAmount;
  /** What the pods on it ask for. */
  requested: ResourceAmount;
}

/**
 * How many more stores of one plan the cluster has room for.
 *
 * @public
 */
export interface PlanCapacity {
  plan: string;
  /** What one store of the plan asks for. */
  needs: ResourceAmount;
  fits: number;
}

/**
 * The answer of `GET /capacity`: what the cluster has room for at this moment.
 *
 * @public
 */
export interface Capacity {
  nodes: NodeCapacity[];
  plans: PlanCapacity[];
}
