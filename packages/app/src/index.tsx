import '@backstage/cli/asset-types';
import { createRoot } from 'react-dom/client';
import App from './App';
import '@backstage/ui/css/styles.css';
import './modules/theme/accent.css';
import './modules/theme/narrow.css';

const element = document.getElementById('root');
if (!element) {
  throw new Error("The page has no element with the id 'root'");
}
createRoot(element).render(App.createRoot());
