// Types of validators.js, made from spec/ by `npm run generate`. Do not edit.
/** One fault that a validator found. */
export interface Fault {
  keyword: string;
  instancePath: string;
  message: string;
  params: Record<string, unknown>;
}

export interface Validator {
  (body: unknown): boolean;
  errors?: Fault[] | null;
}

export declare const CopyInstance: Validator;
export declare const CopyInstanceV1: Validator;
export declare const CreateManualBackup: Validator;
