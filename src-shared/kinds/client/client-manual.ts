/** Written part of the manual page, Markdown. */
export const clientManual = `
A population of users, devices or programs that send requests. What they send, and how often, is a *workload*: it is stored in the project and shared, so that two designs can be put under exactly the same load.

## How it behaves
- **Open workloads** go on arriving whatever the system does. *Poisson* draws independent exponential times between arrivals; *evenly spaced* sends one request every 1/rate; *renewal* draws the times from a distribution of yours.
- **Shapes** change the rate of the first two during the run. A ramp is a straight line between two rates, a spike another rate for a while, a wave a sine around the rate. A Poisson stream of changing rate is sampled exactly, by mapping a stream of rate one through the integral of the rate.
- **Closed workloads** have a fixed number of users. Each thinks, sends, waits for the reply or the failure, and thinks again. Users think first, so that they do not all arrive at time 0.
- **A trace** sends one request for each of its rows, at the row's instant counted from the start of the clients, with the row's work and priority. Every row takes the first operation.
- **Operations** are what is asked for. Each request draws one by weight. Reads and writes take different times at databases; services can give an operation a service time of its own; sizes matter on links with a bandwidth, priorities at stations that serve by priority.
- **Items** are the data that requests touch: each request one item, drawn by popularity when it begins, the same for all calls made for it. Item 1 is the same datum for all operations and all clients. With a skew s the item of rank k is asked for in proportion to 1/k^s (Zipf's law); 0.99 is the skew of the YCSB benchmark. Only databases with copies read items.
- **Sessions** say which requests belong together. With some, each request of an open workload or a trace takes any of them with equal chance, and each user of a closed workload has one: the first user the first, and so on, over again where there are more users than sessions. Only balancers that hash or keep sessions read them.
- With several links, each request takes one of them by weight, whatever is going on behind them.
- Nothing is sent before the start, and no new request from the stop on. Requests under way at the stop are finished.

## What the numbers mean
Offered are requests sent, completed those answered well in time, failed all others, each with one reason. Latency is the time from sending to the reply, network included, of the requests that were answered well. In a closed workload, users = throughput x (latency + think time) when nothing fails: the interactive response time law.

## What it leaves out
- Users do not retry, give up early or go away in anger. Real ones do: load after a failure is higher than here, patience lower.
- Requests of one session do not depend on each other, all sessions are alike, and they have no beginning or end: a few users who ask far more than the others make hashing less even than here. Real arrivals come in bursts, which makes real queues longer.
- There is no limit on connections or on the clients' own machines: clients never slow down by themselves.

## Sources
Popularity of items: G. K. Zipf, *Human Behavior and the Principle of Least Effort*, 1949; B. Cooper and others, "Benchmarking cloud serving systems with YCSB", 2010. Open and closed workloads and why they differ: B. Schroeder, A. Wierman, M. Harchol-Balter, "Open versus closed: a cautionary tale", NSDI 2006. Superposition of many users: D. J. Daley, D. Vere-Jones, *An Introduction to the Theory of Point Processes*, vol. 2, 2008, ch. 11. Response time law: P. Denning, J. Buzen, "The operational analysis of queueing network models", ACM Computing Surveys 10 (1978).
`.trim();
