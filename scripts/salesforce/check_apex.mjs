// npm run check:apex: Apex compiles (apex-ls knows types, fields and labels) and keeps to PMD's security rules. Needs Java 17.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');
const workspace = path.resolve(process.argv[2] ?? root);

const library = path.join(path.dirname(require.resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib', '*');
const compiler = spawnSync(
    'java',
    ['-cp', library, 'io.github.apexdevtools.apexls.CheckForIssues', '--workspace', workspace, '--detail', 'errors', '--nocache'],
    { encoding: 'utf8' }
);
if (compiler.error) {
    console.error(`apex: Java 17 could not be started (${compiler.error.message})`);
    process.exit(2);
}
process.stderr.write(compiler.stdout + compiler.stderr);

const { CodeAnalyzer, CodeAnalyzerConfig, EventType } = require('@salesforce/code-analyzer-core');
const { createEnginePlugin } = require('@salesforce/code-analyzer-pmd-engine');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'accord-apex-'));
const analyzer = new CodeAnalyzer(
    CodeAnalyzerConfig.fromObject({ config_root: root, log_folder: scratch, engines: { cpd: { disable_engine: true } } })
);
const findings = [];
analyzer.onEvent(EventType.EngineLogEvent, (event) => event.logLevel === 1 && findings.push(event.message));
await analyzer.addEnginePlugin(createEnginePlugin());
const sources = await analyzer.createWorkspace([path.join(workspace, 'force-app')]);
const rules = await analyzer.selectRules(['pmd:Security', 'pmd:ErrorProne'], { workspace: sources });
const results = await analyzer.run(rules, { workspace: sources });
for (const violation of results.getViolations()) {
    const place = violation.getPrimaryLocation();
    findings.push(
        `${path.relative(workspace, place.getFile() ?? '')}:${place.getStartLine()} ${violation.getRule().getName()}: ${violation.getMessage()}`
    );
}
fs.rmSync(scratch, { recursive: true });

findings.forEach((finding) => console.error(finding));
console.log(`apex: ${compiler.status === 0 ? 'compiles' : 'does not compile'}, ${rules.getCount()} rules, ${findings.length} findings`);
process.exitCode = compiler.status || findings.length ? 1 : 0;
