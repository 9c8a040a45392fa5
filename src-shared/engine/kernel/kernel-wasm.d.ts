/** Compiled from assembly/ while the program is built: see src-main/build/kernel-plugin.ts. */
declare module '*/kernel.wasm' {
  export const kernel: Uint8Array;
}
