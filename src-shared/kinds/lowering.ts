/** Placeholder until the plan exists in this commit series. */
export interface LoweringContext { readonly componentId: string }
