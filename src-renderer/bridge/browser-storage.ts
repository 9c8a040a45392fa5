const DATABASE = 'topolab';
export type StoreName = 'drafts' | 'recent';

let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const name of ['drafts', 'recent'] satisfies StoreName[]) request.result.createObjectStore(name, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function run<T>(name: StoreName, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(name, mode);
  const request = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
    transaction.onerror = () => reject(transaction.error ?? request.error);
  });
}

/** Everything that this browser keeps in a store. */
export function readAll(name: StoreName): Promise<unknown[]> {
  return run(name, 'readonly', (store) => store.getAll());
}

/** Keeps a record with an `id` of its own, in the place of the one before. */
export async function put(name: StoreName, record: { readonly id: string }): Promise<void> {
  await run(name, 'readwrite', (store) => store.put(record));
}

export async function remove(name: StoreName, id: string): Promise<void> {
  await run(name, 'readwrite', (store) => store.delete(id));
}

export async function clear(name: StoreName): Promise<void> {
  await run(name, 'readwrite', (store) => store.clear());
}
