import { createLdsTestWireAdapter } from '@salesforce/wire-service-jest-util';

export const getRecord = createLdsTestWireAdapter(jest.fn());
export const updateRecord = jest.fn();
export const notifyRecordUpdateAvailable = jest.fn().mockResolvedValue(undefined);
