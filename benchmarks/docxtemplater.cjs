// Fills one letter for each line on stdin ({record, path}) and answers with the seconds it took.
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const modules = path.join(process.argv[3], "node_modules");
const Docxtemplater = require(path.join(modules, "docxtemplater"));
const PizZip = require(path.join(modules, "pizzip"));

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { record, path: target } = JSON.parse(line);
  const start = process.hrtime.bigint();
  const zip = new PizZip(fs.readFileSync(process.argv[2]));
  const document = new Docxtemplater(zip, { paragraphLoop: true, linebreaks: true });
  document.render(record);
  fs.writeFileSync(target, document.toBuffer());
  process.stdout.write(`${Number(process.hrtime.bigint() - start) / 1e9}\n`);
});
