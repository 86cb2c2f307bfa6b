export { createChecklist } from './createChecklist';
export { runChecklist } from './runChecklist';
export { RunningPlatform } from './RunningPlatform';
export { verifyCommand } from './verifyCommand';
export { VerifiedStore } from './VerifiedStore';
