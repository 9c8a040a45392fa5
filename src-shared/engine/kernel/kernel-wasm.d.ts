/** Compiled from assembly/ while the program is built: see src-main/build/kernel-plugin.ts. */
declare module '*/kernel.wasm' {
  /** Without, and with the possibility to take over steps. */
  export const plain: Uint8Array;
  export const observed: Uint8Array;
}
