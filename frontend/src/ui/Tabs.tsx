import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

import "./tabs.css";

export interface TabItem<Id extends string> {
  id: Id;
  label: ReactNode;
  children: ReactNode;
}

/** 页签。选中哪一页由外面管（放进地址）。 */
export function Tabs<Id extends string>({ label, items, value, onChange }: { label: string; items: readonly TabItem<Id>[]; value: Id; onChange: (id: Id) => void }) {
  return (
    <AriaTabs className="tabs" selectedKey={value} onSelectionChange={(key) => onChange(key as Id)}>
      <TabList className="tab-list" aria-label={label}>
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className="tab">
            {item.label}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="tab-panel">
          {item.children}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
