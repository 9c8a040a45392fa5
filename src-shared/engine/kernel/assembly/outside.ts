/**
 * What the rest of the engine does for the kernel: everything that is rare next to requests, or that only some plans have. The module
 * that hosts the kernel (../kernel.ts) provides it.
 */

// Event list and random streams.
export declare function rebuild(width: f64): void;
export declare function refill(stream: i32): void;
export declare function exponential(x: f64): f64;
export declare function broken(what: i32): void;

// Events that are no step of a request.
export declare function depart(node: i32): i32;
export declare function timeOut(frame: i32): void;
export declare function guardDue(id: i32): void;
export declare function goOn(frame: i32, node: i32): void;
export declare function impatient(frame: i32): void;
export declare function control(number: i32): void;
export declare function openWindow(): void;
export declare function sample(): void;

// Sources.
export declare function nextArrival(node: i32): void;
export declare function session(node: i32, user: i32): i32;
export declare function carry(frame: i32, node: i32, operation: i32): void;

// Stations, gates and routers that do more than the plain ones.
export declare function demand(node: i32, frame: i32): void;
export declare function admitOther(node: i32, frame: i32): i32;
export declare function vacateOther(node: i32, frame: i32): void;
export declare function push(node: i32, frame: i32): void;
export declare function pop(node: i32): i32;
export declare function pass(frame: i32, node: i32, role: i32): void;
export declare function chooseAmong(node: i32, frame: i32): i32;
export declare function learn(node: i32, target: i32, reason: i32, since: f64): void;
export declare function spread(component: i32, frame: i32): i32;

// Calls that are guarded, by stages, or not waited for.
export declare function guardStart(frame: i32, link: i32): void;
export declare function guardSettled(frame: i32, reason: i32, tag: i32, sent: f64): void;
export declare function stageBegin(frame: i32, node: i32): void;
export declare function stageAnswered(frame: i32, node: i32, reason: i32): void;
export declare function letGo(frame: i32): void;
export declare function reportEnded(frame: i32, reason: i32): void;

// Accounts.
export declare function emptied(node: i32): void;
export declare function log(frame: i32, operation: i32, reason: i32): void;

// Steps that another part has taken over (TAKEN_OVER).
export declare function insert(id: i32, word: i32): void;
export declare function remove(id: i32): void;
export declare function release(frame: i32): void;
export declare function admit(node: i32, frame: i32): i32;
export declare function choose(node: i32, frame: i32): i32;
export declare function root(node: i32, user: i32, operation: i32, link: i32): i32;
export declare function prepare(parent: i32, link: i32, target: i32, tag: i32): i32;
export declare function leave(frame: i32, node: i32, reason: i32): void;
export declare function endRequest(frame: i32, reason: i32): void;
export declare function dispatch(frame: i32, link: i32): void;
export declare function served(frame: i32, node: i32, vacates: i32): void;
