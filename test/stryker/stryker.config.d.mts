export declare const PURE_FILES: readonly string[];
