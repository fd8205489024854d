import {
  ActionIcon,
  Button,
  Checkbox,
  Combobox,
  createTheme,
  Drawer,
  Fieldset,
  Input,
  InputWrapper,
  Menu,
  Modal,
  ModalRoot,
  NativeSelect,
  NumberInput,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Skeleton,
  Switch,
  Tabs,
  Textarea,
  Tooltip,
} from '@mantine/core'
import styles from './theme.module.css'

// A dialog's scroll lock would inject a <style>, which the Content-Security-Policy forbids; the frame does not scroll.
const floating = { lockScroll: false, overlayProps: { className: styles.veil }, transitionProps: { duration: 120 } } as const

const field = { '--input-height': 'var(--field)', '--input-size': 'var(--field)', '--input-fz': 'var(--size)', '--input-padding': '9px' }

/**
 * How Mantine's components look here. Colours and sizes come from tokens.css; this only says which component has which
 * class and default, so that pages need no style props.
 */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  breakpoints: { xs: '480px', sm: '720px', md: '1000px', lg: '1200px', xl: '1440px' },
  components: {
    Button: Button.extend({ defaultProps: { variant: 'default' }, classNames: { root: styles.button, section: styles.buttonSection } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' }, classNames: { root: styles.icon } }),
    Input: Input.extend({ vars: () => ({ wrapper: field }), classNames: { input: styles.input } }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      classNames: { label: styles.label, description: styles.description, error: styles.error, required: styles.required },
    }),
    Textarea: Textarea.extend({ defaultProps: { autosize: true, minRows: 3, maxRows: 12 } }),
    NumberInput: NumberInput.extend({ defaultProps: { hideControls: true, classNames: { input: 'num' } } }),
    NativeSelect: NativeSelect.extend({ classNames: { input: styles.input } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right', maxDropdownHeight: 320 } }),
    Combobox: Combobox.extend({
      defaultProps: { shadow: 'md', offset: 4, transitionProps: { duration: 0 } },
      classNames: { dropdown: styles.dropdown, option: styles.option, groupLabel: styles.groupLabel, empty: styles.emptyOption },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' }, classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs' }, classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs', withThumbIndicator: false }, classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody } }),
    Fieldset: Fieldset.extend({ classNames: { root: styles.fieldset, legend: styles.legend } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', offset: 4, transitionProps: { duration: 0 } },
      classNames: { dropdown: styles.dropdown, item: styles.option, label: styles.groupLabel },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', offset: 4, transitionProps: { duration: 0 } }, classNames: { dropdown: styles.popover } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, offset: 6, multiline: true, maw: 360, transitionProps: { duration: 0 }, events: { hover: true, focus: true, touch: true } },
      classNames: { tooltip: styles.tooltip },
    }),
    Modal: Modal.extend({
      defaultProps: { ...floating, radius: 'lg', padding: 'md', shadow: 'md', yOffset: '12vh' },
      classNames: { content: styles.dialog, header: styles.dialogHeader, title: styles.dialogTitle, body: styles.dialogBody, close: styles.icon },
    }),
    // What is made of a dialog's parts (the palette) has the same surface and veil.
    ModalRoot: ModalRoot.extend({
      defaultProps: { lockScroll: false, radius: 'lg', shadow: 'md', transitionProps: { duration: 120 } },
      classNames: { content: styles.dialog, overlay: styles.veil },
    }),
    Drawer: Drawer.extend({
      defaultProps: { ...floating, padding: 'md', shadow: 'md' },
      classNames: { content: styles.dialog, header: styles.dialogHeader, title: styles.dialogTitle, body: styles.dialogBody, close: styles.icon },
    }),
    Tabs: Tabs.extend({ classNames: { list: styles.tabList, tab: styles.tab } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { transitionDuration: 0 }, classNames: { root: styles.segments, label: styles.segment, indicator: styles.segmentOn } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
  },
})
