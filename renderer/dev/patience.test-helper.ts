/** Tests of the window wait for states; on a busy machine these take their time. */
import { configure } from '@testing-library/react';

configure({ asyncUtilTimeout: 20_000 });
