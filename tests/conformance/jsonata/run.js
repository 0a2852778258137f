// Reads lines {"expression": "...", "inputs": [...]}, evaluates each expression on its inputs, writes a line of results for each.
const { createInterface } = require("node:readline");
const { createRequire } = require("node:module");
const jsonata = createRequire(process.argv[2] + "/")("jsonata");

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const { expression, inputs } = JSON.parse(line);
    const results = [];
    try {
      const compiled = jsonata(expression);
      for (const input of inputs) {
        try {
          results.push({ value: await compiled.evaluate(input) });
        } catch (problem) {
          results.push({ error: `${problem.code || ""} ${problem.message}` });
        }
      }
    } catch (problem) {
      for (const _ of inputs) results.push({ error: `${problem.code || ""} ${problem.message} at ${problem.position}` });
    }
    process.stdout.write(JSON.stringify(results) + "\n");
  }
})();
