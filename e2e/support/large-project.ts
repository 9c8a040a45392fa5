/** A valid project of 300 parts and 600 links that runs for so long: 20 groups of a client, a balancer, ten services and three databases. */
export function largeProject(durationMs: number): string {
  const components: unknown[] = [];
  const links: unknown[] = [];
  const positions: Record<string, { x: number; y: number }> = {};
  const workloads: unknown[] = [];
  const place = (id: string, kind: string, name: string, x: number, y: number, extra: object = {}): void => {
    components.push({ id, kind, name, params: {}, ...extra });
    positions[id] = { x, y };
  };
  const connect = (from: string, to: string): void => {
    links.push({ id: `l-${links.length + 1}`, from, to, params: {} });
  };
  for (let group = 0; group < 20; group++) {
    const left = (group % 5) * 1200;
    const top = Math.floor(group / 5) * 1300;
    workloads.push({ id: `w-${group}`, name: `Workload ${group}`, params: { ratePerS: 50 } });
    place(`c-${group}`, 'client', `Clients ${group}`, left, top + 500, { workload: `w-${group}` });
    place(`b-${group}`, 'load-balancer', `Balancer ${group}`, left + 280, top + 500);
    connect(`c-${group}`, `b-${group}`);
    for (let database = 0; database < 3; database++)
      place(`d-${group}-${database}`, 'database', `Database ${group}.${database}`, left + 860, top + 150 + database * 350);
    for (let service = 0; service < 10; service++) {
      const id = `s-${group}-${service}`;
      place(id, 'service', `Service ${group}.${service}`, left + 570, top + service * 110);
      connect(`b-${group}`, id);
      connect(id, `d-${group}-${service % 3}`);
      if (service < 9) connect(id, `d-${group}-${(service + 1) % 3}`);
    }
  }
  return `${JSON.stringify({
    format: 'topolab',
    formatVersion: 1,
    kindVersions: { client: 1, 'load-balancer': 1, service: 1, database: 1, link: 1 },
    name: 'Three hundred parts',
    description: '',
    settings: { durationMs, warmUpMs: 0, seed: 1, replications: 1, confidence: 0.95, seriesPoints: 300, requestLog: 0 },
    workloads,
    designs: [{ id: 'design-1', name: 'Design 1', components, links, notes: [] }],
    view: { designs: { 'design-1': { positions } } },
  })}\n`;
}
